/** What embedders set of SSH, for servers and clients alike. */
@NullMarked
package io.portolan.ssh;

import org.jspecify.annotations.NullMarked;
