import engine from '../../resources/locales/en.json';
import { byNamespace } from './namespaces.ts';

/** Every English text of the screens, by namespace; `engine` holds the texts that documents share. */
export const texts = {
  ...byNamespace(import.meta.glob('./en/*.json', { eager: true, import: 'default' })),
  engine,
};
