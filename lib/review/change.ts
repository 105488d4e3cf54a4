/** Whether a change opens or closes something; `neutral` where neither is certain. */
export type Direction = 'weaker' | 'stronger' | 'neutral';
