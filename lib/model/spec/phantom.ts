/** A phantom key: carries names for the compiler, is never there, and is offered by no editor. */
export declare const names: unique symbol;
