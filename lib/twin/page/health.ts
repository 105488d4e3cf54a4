/** Never told by colour alone: each has a glyph and a word. */
export type Health = 'idle' | 'healthy' | 'degraded' | 'failing';
