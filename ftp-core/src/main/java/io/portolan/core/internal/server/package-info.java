/**
 * The life of a server, whatever it speaks: its listeners, who is let in, and its end. Start with {@link io.portolan.core.internal.server.RunningServer} and
 * {@link io.portolan.core.internal.server.Admission}.
 */
@NullMarked
package io.portolan.core.internal.server;

import org.jspecify.annotations.NullMarked;
