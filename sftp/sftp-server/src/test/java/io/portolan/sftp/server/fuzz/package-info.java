/** Sessions and requests that nobody sends who means well. */
@NullMarked
package io.portolan.sftp.server.fuzz;

import org.jspecify.annotations.NullMarked;
