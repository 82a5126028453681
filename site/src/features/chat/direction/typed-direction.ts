/** For a field being typed in: what its first letter says, and the page's own side while there is no letter. */
export const typedDirection = (text: string): 'auto' | undefined => (/\p{L}/u.test(text) ? 'auto' : undefined)
