/** What to say when a port cannot be had. Start with {@link io.portolan.core.internal.ports.BindErrors}. */
@NullMarked
package io.portolan.core.internal.ports;

import org.jspecify.annotations.NullMarked;
