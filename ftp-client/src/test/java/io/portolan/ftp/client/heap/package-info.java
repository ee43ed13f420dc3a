@NullMarked
package io.portolan.ftp.client.heap;

import org.jspecify.annotations.NullMarked;
