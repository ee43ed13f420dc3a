/** An application that is deployed again and again in one JVM. */
package io.portolan.sftp.server.redeploy;
