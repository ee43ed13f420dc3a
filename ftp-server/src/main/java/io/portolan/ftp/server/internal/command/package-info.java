/**
 * The verbs, one class each; {@code StandardCommands} is the table of them. To add one, write a class here, a row there, and a test.
 */
@NullMarked
package io.portolan.ftp.server.internal.command;

import org.jspecify.annotations.NullMarked;
