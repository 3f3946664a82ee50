/**
 * Bytes of one feature's entry in the table that the kernels read: where its bins begin in a histogram (byte offset), how
 * many bins present values have, whether missing values have one after them (1), bytes of all of them.
 */
export const featureEntryBytes = 16;
/** The same as a shift. */
export const featureEntryShift = 4;
