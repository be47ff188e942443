<?php
/**
 * Leaves nothing behind: the one option, on every site of a network.
 *
 * @package sportello
 */

if ( ! defined( 'WP_UNINSTALL_PLUGIN' ) ) {
	exit;
}

delete_option( 'sportello' );
if ( is_multisite() ) {
	foreach ( get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) as $sportello_site ) {
		switch_to_blog( $sportello_site );
		delete_option( 'sportello' );
		restore_current_blog();
	}
}
