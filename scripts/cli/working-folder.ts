/** npm changes into the project's folder; what the user typed is meant from where it was typed. */
export const workingFolder = process.env.INIT_CWD ?? process.cwd();
