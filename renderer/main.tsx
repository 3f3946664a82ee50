import { connect } from './connection/line.ts';
import { renderApplication } from './frame/application.tsx';
import { rememberedAppearance } from './frame/remembered.ts';
import { startTexts } from './texts/i18n.ts';

const { language, theme } = rememberedAppearance();
connect();
await startTexts(language);
renderApplication(document.getElementById('root')!, theme);
