/** The FTP client. Nothing is here yet. */
module io.portolan.ftp.client {
    requires static transitive org.jspecify;
}
