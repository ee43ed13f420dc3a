/** Connections through proxies. Start with {@link io.portolan.core.internal.proxy.ProxyHandshake}. */
@NullMarked
package io.portolan.core.internal.proxy;

import org.jspecify.annotations.NullMarked;
