import engine from '../../resources/locales/ru.json';
import { byNamespace } from './namespaces.ts';

/** Every Russian text of the screens, by namespace; `engine` holds the texts that documents share. */
export const texts = {
  ...byNamespace(import.meta.glob('./ru/*.json', { eager: true, import: 'default' })),
  engine,
};
