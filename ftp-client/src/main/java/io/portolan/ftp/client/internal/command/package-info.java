/** What a session can be asked for, made of commands and transfers. Start with {@link io.portolan.ftp.client.internal.command.TransferTask}. */
@NullMarked
package io.portolan.ftp.client.internal.command;

import org.jspecify.annotations.NullMarked;
