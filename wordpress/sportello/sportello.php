<?php
/**
 * Plugin Name:       Sportello
 * Description:       Puts the chat of your own Sportello server on the pages you choose: an assistant that answers from your FAQ and passes visitors to a person.
 * Version:           0.1.0
 * Requires at least: 5.0
 * Requires PHP:      7.2
 * Author:            Sportello
 * License:           MIT
 * License URI:       https://opensource.org/licenses/MIT
 * Text Domain:       sportello
 *
 * The MIT licence is compatible with the GPL, version 2 or later, under which WordPress stands.
 *
 * This file prints two lines on a page; the settings are in includes/. The plug-in itself asks nothing of any server:
 * the visitor's browser loads the script from the server whose address you give, which is your own.
 */

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

require_once __DIR__ . '/includes/options.php';
require_once __DIR__ . '/includes/tag.php';

if ( is_admin() ) {
	require_once __DIR__ . '/includes/settings-page.php';
	add_action( 'admin_menu', 'sportello_add_page' );
	add_action( 'admin_init', 'sportello_register_settings' );
	add_filter( 'plugin_action_links_' . plugin_basename( __FILE__ ), 'sportello_action_links' );
}

add_filter( 'gettext_sportello', 'sportello_translate', 10, 2 );
add_action( 'wp_footer', 'sportello_print_tag' );

/**
 * Italian for the settings page, where no language pack has it.
 *
 * @param string $translation What WordPress found.
 * @param string $text        The English words.
 * @return string
 */
function sportello_translate( $translation, $text ) {
	static $words = null;
	if ( $translation !== $text || 0 !== strpos( (string) get_user_locale(), 'it' ) ) {
		return $translation;
	}
	if ( null === $words ) {
		$words = require __DIR__ . '/includes/words-it.php';
	}
	return isset( $words[ $text ] ) ? $words[ $text ] : $translation;
}
