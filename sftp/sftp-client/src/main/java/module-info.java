/** The SFTP client. Nothing is here yet. */
module io.portolan.sftp.client {
    requires static transitive org.jspecify;
}
