import { runEngine } from './run-engine.ts';
import { speakTo } from './parent.ts';

// The process that the shell starts the engine in.
runEngine(speakTo(process.parentPort), (code) => process.exit(code));
