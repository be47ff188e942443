<?php
/**
 * What the plug-in remembers: one option, each value of which is checked when it is saved and again when it is used.
 *
 * @package sportello
 */

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

const SPORTELLO_OPTION = 'sportello';

/** @return array<string, mixed> What holds where nothing was said. */
function sportello_defaults() {
	return array(
		'server'   => '',
		'where'    => 'everywhere',
		'pages'    => array(),
		'avatar'   => '',
		'accent'   => '',
		'position' => 'end',
		'contact'  => '',
	);
}

/** @return array<string, string> The faces that may be chosen; '' = as the server says. */
function sportello_avatars() {
	return array(
		''         => __( 'As the server says', 'sportello' ),
		'olma'     => 'Olma',
		'leo'      => 'Leo',
		'dado'     => 'Dado',
		'segno'    => 'Segno',
		'initials' => __( 'No face', 'sportello' ),
	);
}

/** @return array<string, string> Where the chat may be. */
function sportello_places() {
	return array(
		'everywhere' => __( 'On every page', 'sportello' ),
		'front'      => __( 'On the front page only', 'sportello' ),
		'pages'      => __( 'On these pages only', 'sportello' ),
		'except'     => __( 'On every page but these', 'sportello' ),
	);
}

/**
 * The address of a server as it is used: http(s), a host, perhaps a path, no slash at its end; '' if it is none.
 *
 * @param mixed $value Whatever was given.
 * @return string
 */
function sportello_clean_server( $value ) {
	$url   = is_string( $value ) ? trim( $value ) : '';
	$parts = strlen( $url ) <= 500 ? wp_parse_url( $url ) : false;
	if ( ! is_array( $parts ) || empty( $parts['host'] ) || empty( $parts['scheme'] ) ) {
		return '';
	}
	if ( ! in_array( strtolower( $parts['scheme'] ), array( 'http', 'https' ), true ) ) {
		return '';
	}
	if ( array_diff_key( $parts, array_flip( array( 'scheme', 'host', 'port', 'path' ) ) ) || preg_match( '/[\s"\'<>\\\\]/', $url ) ) {
		return '';
	}
	return rtrim( esc_url_raw( $url, array( 'http', 'https' ) ), '/' );
}

/**
 * A colour in hexadecimal digits, or ''.
 *
 * @param mixed $value Whatever was given.
 * @return string
 */
function sportello_clean_accent( $value ) {
	return is_string( $value ) && preg_match( '/^#([0-9a-f]{3}|[0-9a-f]{6})$/i', trim( $value ) ) ? strtolower( trim( $value ) ) : '';
}

/**
 * Numbers of pages, from a list or from "3, 14, 15"; at most 500.
 *
 * @param mixed $value Whatever was given.
 * @return int[]
 */
function sportello_clean_pages( $value ) {
	$words = is_array( $value ) ? $value : preg_split( '/[\s,;]+/', is_scalar( $value ) ? (string) $value : '' );
	$words = array_filter( $words, 'is_scalar' );
	return array_slice( array_values( array_unique( array_filter( array_map( 'absint', $words ) ) ) ), 0, 500 );
}

/**
 * Everything, as it may be used.
 *
 * @param mixed $given What a form sent, or what the database has.
 * @return array<string, mixed>
 */
function sportello_clean( $given ) {
	$given = is_array( $given ) ? array_merge( sportello_defaults(), $given ) : sportello_defaults();
	$one   = static function ( $value, $among, $otherwise ) {
		return is_string( $value ) && isset( $among[ $value ] ) ? $value : $otherwise;
	};
	return array(
		'server'   => sportello_clean_server( $given['server'] ),
		'where'    => $one( $given['where'], sportello_places(), 'everywhere' ),
		'pages'    => sportello_clean_pages( $given['pages'] ),
		'avatar'   => $one( $given['avatar'], sportello_avatars(), '' ),
		'accent'   => sportello_clean_accent( $given['accent'] ),
		'position' => 'start' === $given['position'] ? 'start' : 'end',
		'contact'  => is_string( $given['contact'] ) ? mb_substr( sanitize_text_field( $given['contact'] ), 0, 300 ) : '',
	);
}

/** @return array<string, mixed> What was saved, checked. */
function sportello_options() {
	return sportello_clean( get_option( SPORTELLO_OPTION, array() ) );
}
