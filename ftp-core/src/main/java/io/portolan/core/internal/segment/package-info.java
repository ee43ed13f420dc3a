/** What the transfers of one file over several connections have in common, whatever the protocol. */
@NullMarked
package io.portolan.core.internal.segment;

import org.jspecify.annotations.NullMarked;
