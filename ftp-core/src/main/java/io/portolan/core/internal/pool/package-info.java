/** The pool that the clients of all protocols share. */
@NullMarked
package io.portolan.core.internal.pool;

import org.jspecify.annotations.NullMarked;
