#!/usr/bin/env node
// Stands here before the build, so that npm links the command; the built file holds the program.
import '../dist/main.js'
