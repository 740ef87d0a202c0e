/** Bounds in bytes of one request body, and of the one file that a multipart request may bring. */
export const bodyLimit = 2 * 1024 * 1024;
export const fileLimit = 10 * 1024 * 1024;
