/** The version of the API whose shapes these are: the one that the SDK in use is made for. */
export const apiVersion = '2026-10-28.endive'
