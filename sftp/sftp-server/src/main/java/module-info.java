/** The SFTP server. Nothing is here yet. */
module io.portolan.sftp.server {
    requires static transitive org.jspecify;
}
