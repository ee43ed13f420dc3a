/** TLS in an application that is deployed again and again. */
@NullMarked
package io.portolan.ftps.redeploy;

import org.jspecify.annotations.NullMarked;
