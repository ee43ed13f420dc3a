/** The server, driven by the clients that people use. */
@NullMarked
package io.portolan.ftps.interop;

import org.jspecify.annotations.NullMarked;
