/** Where a program of the same user asks for a further address (`POST`, with the control key). */
export const controlPath = '/control/address';
