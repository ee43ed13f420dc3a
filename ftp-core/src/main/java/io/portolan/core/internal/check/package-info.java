/** What the checks of endpoints share, whatever the protocol: {@link io.portolan.core.internal.check.Step}s, {@link io.portolan.core.internal.check.Finding}s, and the way to the port. */
@NullMarked
package io.portolan.core.internal.check;

import org.jspecify.annotations.NullMarked;
