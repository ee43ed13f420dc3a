/** Several connections that share what there is to do. Start with {@link io.portolan.core.internal.crew.Crew} and {@link io.portolan.core.internal.crew.CrewWork}. */
@NullMarked
package io.portolan.core.internal.crew;

import org.jspecify.annotations.NullMarked;
