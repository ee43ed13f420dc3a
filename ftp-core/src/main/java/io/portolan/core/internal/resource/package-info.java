/** Leased things and who gives them back. Start with {@link io.portolan.core.internal.resource.ResourceRegistry}. */
@NullMarked
package io.portolan.core.internal.resource;

import org.jspecify.annotations.NullMarked;
