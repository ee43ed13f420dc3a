/** What goes wrong: peers that die, stall, babble or take too much, and file systems that fail. Nothing may be left of them, and nobody else may notice. */
package io.portolan.ftp.server.fault;
