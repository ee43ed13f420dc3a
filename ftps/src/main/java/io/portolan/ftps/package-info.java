/** To be FTP over TLS, implicit and explicit; nothing is here yet. */
@NullMarked
package io.portolan.ftps;

import org.jspecify.annotations.NullMarked;
