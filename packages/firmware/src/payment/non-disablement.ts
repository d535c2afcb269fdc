// Selectors and values that begin and end the periods in which insufficient credit disables no supply. facts 12.5.

/** Selectors of script table 0-0:10.0.106.255 in the calendar of an electricity meter. Read from samples of ECS08a. */
export const NON_DISABLEMENT_START = 32
export const NON_DISABLEMENT_STOP = 33

/** Value of a day schedule entry that begins a period in the calendar (type 3) of a gas meter. Read from samples of GCS05. */
export const NON_DISABLEMENT_VALUE = 1
