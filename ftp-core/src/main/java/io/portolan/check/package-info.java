/**
 * What a check of an endpoint found: {@link io.portolan.check.CheckReport} with one {@link io.portolan.check.CheckStep} for each thing that was tried. Values only; the
 * checks themselves are with the clients.
 */
@NullMarked
package io.portolan.check;

import org.jspecify.annotations.NullMarked;
