import type { Views } from '@smets2-sim/firmware'
import { deviceLogViews } from './device-log/views.js'
import { subGhzViews } from './sub-ghz/views.js'

/** Views of COSEM members that are more than a stored data item; a table for each concern. */
export const views: Views = new Map([...deviceLogViews, ...subGhzViews])
