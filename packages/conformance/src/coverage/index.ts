export { type CoverageRow, coverageRows, coverageTable, tableIn, type TestFile, withTable } from './coverage.js'
export { type ReferenceCount, referenceCounts } from './reference-counts.js'
export { testFiles } from './test-files.js'
