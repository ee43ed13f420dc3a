/**
 * The engine of mirrors: two trees, of which one is behind connections. Start with {@link io.portolan.core.internal.mirror.Mirror} and
 * {@link io.portolan.core.internal.mirror.RemoteTree}.
 */
@NullMarked
package io.portolan.core.internal.mirror;

import org.jspecify.annotations.NullMarked;
