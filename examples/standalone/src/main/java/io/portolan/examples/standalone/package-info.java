/**
 * The runnable jar. Start with {@link io.portolan.examples.standalone.Portolan}, its {@code main}, and {@link io.portolan.examples.standalone.Serve}.
 */
@NullMarked
package io.portolan.examples.standalone;

import org.jspecify.annotations.NullMarked;
