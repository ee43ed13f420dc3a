/** What the tests of this module have in common. */
@NullMarked
package io.portolan.ftps.testing;

import org.jspecify.annotations.NullMarked;
