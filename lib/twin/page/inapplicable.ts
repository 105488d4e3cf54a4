/** What was asked for cannot be done to that instance, or to that version as it is now. */
export class Inapplicable extends Error {}
