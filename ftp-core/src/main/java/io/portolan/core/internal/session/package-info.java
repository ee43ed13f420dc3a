/** The sessions of an endpoint and whom to tell of them. Start with {@link io.portolan.core.internal.session.SessionRegistry}. */
@NullMarked
package io.portolan.core.internal.session;

import org.jspecify.annotations.NullMarked;
