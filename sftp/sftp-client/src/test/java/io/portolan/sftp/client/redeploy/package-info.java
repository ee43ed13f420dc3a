/** An application that is deployed again and again in one JVM. */
@NullMarked
package io.portolan.sftp.client.redeploy;

import org.jspecify.annotations.NullMarked;
