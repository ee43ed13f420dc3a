/** Inputs that nobody would send who means well: {@code FuzzTarget} is what takes them, {@code FuzzContract} runs all those of a module. */
package io.portolan.testing.fuzz;
