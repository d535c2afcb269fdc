/** Width of the picture in pixels. */
export const WIDTH = 1200
export const FONT = 'Helvetica, Arial, sans-serif'

/** Where everything is, in pixels from the left and from the top. */
export const layout = {
  left: 90,
  right: 30,
  /** Numbers of what happened. */
  marks: 66,
  power: { top: 112, bottom: 300 },
  balance: { top: 352, bottom: 520 },
  supply: { top: 566, bottom: 592 },
  hours: 614,
  legend: 656,
} as const

export const colours = {
  paper: '#ffffff',
  text: '#22303c',
  faint: '#667784',
  grid: '#e3e8ec',
  axis: '#9aa8b3',
  power: '#1f77b4',
  powerFill: '#cfe3f3',
  balance: '#1b7f5c',
  emergencyCredit: '#b5651d',
  shade: '#f1eef6',
  mark: '#7a4fa3',
  enabled: '#bfe3cf',
  armed: '#f8dd9a',
  disabled: '#f0b3ac',
} as const
