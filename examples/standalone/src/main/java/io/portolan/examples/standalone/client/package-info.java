/**
 * The client's commands of the runnable jar: {@code ls}, {@code get}, {@code put}, {@code mirror} and {@code rm}. Start with {@link io.portolan.examples.standalone.client.ClientCommand}, which they
 * are, and {@code Remote}, which is all that they know of a protocol.
 */
@NullMarked
package io.portolan.examples.standalone.client;

import org.jspecify.annotations.NullMarked;
