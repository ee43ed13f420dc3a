/** What somebody does who means harm, or whose network breaks, and what must come of it. */
@NullMarked
package io.portolan.ftps.attack;

import org.jspecify.annotations.NullMarked;
