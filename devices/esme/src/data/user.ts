import { type Item, item } from '@smets2-sim/firmware'

/** The PIN that the user has set at the meter; empty where personal data are not protected. facts 5.9. */
export const privacyPin: Item<string> = item('privacyPin.pin', '')
