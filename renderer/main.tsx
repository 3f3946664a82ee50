import { startTexts } from './texts/i18n.ts';
import { connect } from './connection/line.ts';
import { renderApplication } from './frame/application.tsx';

connect();
await startTexts('en');
renderApplication(document.getElementById('root')!);
