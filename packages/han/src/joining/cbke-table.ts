/** The device's side of a key establishment. */
export const establishmentTable = {
  idle: { start: 'initiating' },
  initiating: { answered: 'exchanging', terminated: 'failed', noAnswer: 'failed' },
  exchanging: { answered: 'confirming', terminated: 'failed', noAnswer: 'failed' },
  confirming: { confirmed: 'established', terminated: 'failed', noAnswer: 'failed' },
  failed: { start: 'initiating' },
  established: { start: 'initiating' },
} as const
