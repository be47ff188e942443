<?php
/**
 * The settings page: Settings → Sportello.
 *
 * @package sportello
 */

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/** In the menu, for those who manage options. */
function sportello_add_page() {
	add_options_page( __( 'Sportello', 'sportello' ), __( 'Sportello', 'sportello' ), 'manage_options', 'sportello', 'sportello_show_page' );
}

/**
 * From the list of plug-ins to the settings.
 *
 * @param string[] $links What stands there.
 * @return string[]
 */
function sportello_action_links( $links ) {
	$link = sprintf( '<a href="%s">%s</a>', esc_url( admin_url( 'options-general.php?page=sportello' ) ), esc_html__( 'Settings', 'sportello' ) );
	return array_merge( array( $link ), (array) $links );
}

/** One option, one section, a row for each value. */
function sportello_register_settings() {
	register_setting(
		'sportello',
		SPORTELLO_OPTION,
		array(
			'type'              => 'array',
			'sanitize_callback' => 'sportello_save',
			'default'           => sportello_defaults(),
		)
	);
	add_settings_section( 'sportello', '', '__return_false', 'sportello' );
	$rows = array(
		'server'   => __( 'Address of the server', 'sportello' ),
		'where'    => __( 'Pages', 'sportello' ),
		'pages'    => __( 'These pages', 'sportello' ),
		'avatar'   => __( 'Face', 'sportello' ),
		'accent'   => __( 'Colour', 'sportello' ),
		'position' => __( 'Corner', 'sportello' ),
		'contact'  => __( 'Other way to reach you', 'sportello' ),
	);
	foreach ( $rows as $name => $title ) {
		$of = array(
			'name'      => $name,
			'label_for' => 'sportello-' . $name,
		);
		add_settings_field( $of['label_for'], $title, 'sportello_show_row', 'sportello', 'sportello', $of );
	}
}

/**
 * Keeps what makes sense, and says what does not: the address that was there stays.
 *
 * @param mixed $given What the form sent.
 * @return array<string, mixed>
 */
function sportello_save( $given ) {
	$clean = sportello_clean( $given );
	$typed = is_array( $given ) && isset( $given['server'] ) && is_string( $given['server'] ) ? trim( $given['server'] ) : '';
	if ( '' !== $typed && '' === $clean['server'] ) {
		add_settings_error( SPORTELLO_OPTION, 'server', __( 'The address of the server begins with https:// and has no “?” or “#”, for example https://chat.example.com.', 'sportello' ) );
		$clean['server'] = sportello_options()['server'];
	}
	if ( is_array( $given ) && ! empty( $given['accent'] ) && '' === $clean['accent'] ) {
		add_settings_error( SPORTELLO_OPTION, 'accent', __( 'The colour is written as # and six digits, for example #1b6f8a.', 'sportello' ) );
	}
	return $clean;
}

/**
 * One row of the form.
 *
 * @param array<string, string> $of Its name and its id.
 */
function sportello_show_row( $of ) {
	$options = sportello_options();
	$name    = $of['name'];
	$value   = $options[ $name ];
	$field   = SPORTELLO_OPTION . '[' . $name . ']';
	$choices = array(
		'where'    => 'sportello_places',
		'avatar'   => 'sportello_avatars',
		'position' => 'sportello_corners',
	);
	if ( isset( $choices[ $name ] ) ) {
		printf( '<select id="%s" name="%s">', esc_attr( $of['label_for'] ), esc_attr( $field ) );
		foreach ( call_user_func( $choices[ $name ] ) as $choice => $title ) {
			printf( '<option value="%s"%s>%s</option>', esc_attr( $choice ), selected( $value, $choice, false ), esc_html( $title ) );
		}
		echo '</select>';
	} elseif ( 'pages' === $name ) {
		printf( '<select id="%s" name="%s[]" multiple size="8">', esc_attr( $of['label_for'] ), esc_attr( $field ) );
		foreach ( sportello_pages( $value ) as $page => $title ) {
			printf( '<option value="%d"%s>%s</option>', (int) $page, selected( in_array( $page, $value, true ), true, false ), esc_html( $title ) );
		}
		echo '</select>';
	} else {
		$type = 'server' === $name ? 'url' : 'text';
		printf( '<input type="%s" id="%s" name="%s" value="%s" class="regular-text">', esc_attr( $type ), esc_attr( $of['label_for'] ), esc_attr( $field ), esc_attr( $value ) );
	}
	$hints = array(
		'server'  => __( 'What “public_url” says in sportello.yaml, for example https://chat.example.com. This site must be listed there under “allowed_origins”.', 'sportello' ),
		'pages'   => __( 'For the last two choices above. Hold Ctrl (on a Mac, Cmd) to choose several.', 'sportello' ),
		'accent'  => __( 'For example #1b6f8a. Empty: the colour of the chat itself.', 'sportello' ),
		'contact' => __( 'An e-mail address, a telephone number or the address of a page: shown to visitors when the chat cannot be reached.', 'sportello' ),
	);
	if ( isset( $hints[ $name ] ) ) {
		printf( '<p class="description">%s</p>', esc_html( $hints[ $name ] ) );
	}
}

/**
 * The pages to choose from, and what is chosen already, which may be something else.
 *
 * @param int[] $chosen Numbers.
 * @return array<int, string> Titles by number.
 */
function sportello_pages( $chosen ) {
	$pages = array();
	foreach ( (array) get_pages( array( 'number' => 500 ) ) as $page ) {
		$pages[ (int) $page->ID ] = '' !== $page->post_title ? $page->post_title : '#' . $page->ID;
	}
	foreach ( array_diff( $chosen, array_keys( $pages ) ) as $other ) {
		$title           = get_the_title( $other );
		$pages[ $other ] = '' !== $title ? $title : '#' . $other;
	}
	return $pages;
}

/** @return array<string, string> The corners. */
function sportello_corners() {
	return array(
		'end'   => __( 'Where lines end (right, in English)', 'sportello' ),
		'start' => __( 'Where lines begin (left, in English)', 'sportello' ),
	);
}

/** The page. */
function sportello_show_page() {
	if ( ! current_user_can( 'manage_options' ) ) {
		return;
	}
	echo '<div class="wrap"><h1>' . esc_html( get_admin_page_title() ) . '</h1><form action="options.php" method="post">';
	settings_fields( 'sportello' );
	do_settings_sections( 'sportello' );
	submit_button();
	echo '</form></div>';
}
