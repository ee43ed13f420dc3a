/** The control connection: commands out, replies in, each to the command that it answers. Start with {@link io.portolan.ftp.client.internal.control.ControlConnection}. */
@NullMarked
package io.portolan.ftp.client.internal.control;

import org.jspecify.annotations.NullMarked;
